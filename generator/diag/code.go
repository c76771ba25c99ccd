package diag

// Code names a kind of finding. It is stable: people silence, search and
// explain findings by it. Every code has a text in the folder explain.
type Code string

// Files and front matter.
const (
	NotUTF8             Code = "not-utf8"
	UTF16               Code = "utf-16"
	NULByte             Code = "nul-byte"
	FileTooLarge        Code = "file-too-large"
	FrontMatterUnclosed Code = "front-matter-unclosed"
	FrontMatterFence    Code = "front-matter-fence"
	FrontMatterLate     Code = "front-matter-late"
	FrontMatterTwice    Code = "front-matter-twice"
	FrontMatterFormat   Code = "front-matter-format"
	FrontMatterTooLarge Code = "front-matter-too-large"
	YAMLSyntax          Code = "yaml-syntax"
	YAMLFeature         Code = "yaml-feature"
	DuplicateKey        Code = "duplicate-key"
	WrongType           Code = "wrong-type"
	UnknownKey          Code = "unknown-key"
	MisspelledKey       Code = "misspelled-key"
	ForeignKey          Code = "foreign-key"
	BadDate             Code = "bad-date"
	BadPeriod           Code = "bad-period"
	BadLanguage         Code = "bad-language"
	BadStatus           Code = "bad-status"
	BadURL              Code = "bad-url"
	BadID               Code = "bad-id"
	UnknownAudience     Code = "unknown-audience"
	BadFileName         Code = "bad-file-name"
	UnreadableFile      Code = "unreadable-file"
)

// plumb.yaml.
const (
	DuplicateAlias Code = "duplicate-alias"
	UnknownSection Code = "unknown-section"
	UnknownRule    Code = "unknown-rule"
	MissingFile    Code = "missing-file"
	BadColour      Code = "bad-colour"
	FaintColour    Code = "faint-colour"
	AlikeColours   Code = "alike-colours"
)

// Playbooks.
const (
	PositionMissing Code = "position-missing"
	SegmentMissing  Code = "segment-missing"
	BadPosition     Code = "bad-position"
	KeyTwice        Code = "key-twice"
	RoleNearMiss    Code = "role-near-miss"
	NoEntries       Code = "no-entries"
)

// Markdown.
const (
	TooComplex  Code = "too-complex"
	RawHTML     Code = "raw-html"
	Shortcode   Code = "shortcode"
	UnsafeURL   Code = "unsafe-url"
	RemoteImage Code = "remote-image"
	StrayRule   Code = "stray-underline"
	DuplicateID Code = "duplicate-id"
)

// Linking.
const (
	UnknownSegment Code = "unknown-segment"
	UnknownRole    Code = "unknown-role"
	BrokenLink     Code = "broken-link"
	BrokenAnchor   Code = "broken-anchor"
	BrokenAsset    Code = "broken-asset"
	LinkOutside    Code = "link-outside"
	LinkToDraft    Code = "link-to-draft"
	ActiveAsset    Code = "active-asset"
	PictureSize    Code = "picture-size"
	URLCollision   Code = "url-collision"
	ReservedURL    Code = "reserved-url"
	DuplicateEntry Code = "duplicate-entry"
)

// Themes.
const (
	UnknownTheme   Code = "unknown-theme"
	TemplateSyntax Code = "template-syntax"
	TemplateFailed Code = "template-failed"
	ThemeFile      Code = "theme-file"
)
