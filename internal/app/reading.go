package app

import (
	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// Reading is a government by its name, and the reader of what its citizens write.
func Reading(name string) (*profile.Profile, *understand.Model, error) {
	if err := known(name); err != nil {
		return nil, nil, err
	}
	p, err := government(name)
	if err != nil {
		return nil, nil, err
	}
	reader, err := understand.New(p)
	if err != nil {
		return nil, nil, err
	}
	return p, reader, nil
}
