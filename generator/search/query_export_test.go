package search

// DirSize is how many pages a list of shards of texts has.
const DirSize = dirSize

// EngineParts are the parts of the engine whose names match a pattern.
var EngineParts = engineParts

// Argument is the JSON in a root, ShardValue that in a shard.
var (
	Argument   = argument
	ShardValue = shardValue
)

// CharacterLists are what the engine has copies of.
var CharacterLists = []string{wordCharacters, pairCharacters, silentCharacters}
