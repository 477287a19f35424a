package main

import (
	"slices"

	"github.com/spf13/pflag"
)

// repeated declares a flag that may be given several times, each time with another
// value. The flag library's own writes CSV to tell its default, which is none; that
// took an eighth of the memory that a command needs to start.
func repeated(flags *pflag.FlagSet, values *[]string, name, short, usage string) {
	flags.VarP((*repeatedFlag)(values), name, short, usage)
}

type repeatedFlag []string

var _ pflag.SliceValue = (*repeatedFlag)(nil)

func (f *repeatedFlag) Set(value string) error {
	*f = append(*f, value)
	return nil
}

func (f *repeatedFlag) String() string { return "" }

// Type tells completion that the flag may come again.
func (f *repeatedFlag) Type() string { return "stringArray" }

func (f *repeatedFlag) Append(value string) error { return f.Set(value) }

func (f *repeatedFlag) Replace(values []string) error {
	*f = slices.Clone(values)
	return nil
}

func (f *repeatedFlag) GetSlice() []string { return slices.Clone(*f) }
