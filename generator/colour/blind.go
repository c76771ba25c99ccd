package colour

// Sight is a way in which eyes see colours.
type Sight struct {
	// Name is what eye doctors call it, "deuteranopia".
	Name string
	sees matrix
}

// Sights are full colour vision and its three failures: of the cones for red, for
// green and for blue. Together the first two have about one man in forty, and as
// many again and more see between them and full vision.
func Sights() []Sight {
	return []Sight{{"full colour vision", matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, {"protanopia", protanopia}, {"deuteranopia", deuteranopia}, {"tritanopia", tritanopia}}
}

// What is left of light, by Machado, Oliveira and Fernandes, “A physiologically-
// based model for simulation of color vision deficiency”, 2009, at severity 1.0.
var (
	protanopia = matrix{
		{0.152286, 1.052583, -0.204868},
		{0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998},
	}
	deuteranopia = matrix{
		{0.367322, 0.860646, -0.227968},
		{0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881},
	}
	tritanopia = matrix{
		{1.255528, -0.076749, -0.178779},
		{-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900},
	}
)

// Sees returns what a colour looks like to such eyes.
func (s Sight) Sees(c RGB) RGB { return linear(s.sees.times(c.linear())).rgb() }
