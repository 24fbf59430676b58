package app

import (
	"reflect"
	"strconv"
	"strings"
)

// Put sets the setting that a variable of the environment names; known is false where no setting has that name.
func (c *Config) Put(variable, value string) (known bool, err error) {
	return put(reflect.ValueOf(c).Elem(), variable, value)
}

func put(v reflect.Value, variable, value string) (bool, error) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			if known, err := put(v.Field(i), variable, value); known {
				return true, err
			}
			continue
		}
		if !named(field.Tag.Get("arg"), variable) {
			continue
		}
		if field.Type.Kind() != reflect.Bool {
			v.Field(i).SetString(value)
			return true, nil
		}
		yes, err := strconv.ParseBool(value)
		if err != nil {
			return true, Wrong(variable, "is neither true nor false", variable+"=true")
		}
		v.Field(i).SetBool(yes)
		return true, nil
	}
	return false, nil
}

// named reports whether the tag of a setting names a variable.
func named(tag, variable string) bool {
	for part := range strings.SplitSeq(tag, ",") {
		if name, ok := strings.CutPrefix(part, "env:"); ok && name == variable {
			return true
		}
	}
	return false
}
