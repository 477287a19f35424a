package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// taskPath is the path of the task that a call was made in: "" for the main one.
func taskPath(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// taskLabel names a task by the call that started it.
func taskLabel(path string, verbs map[string]string) string {
	if path == "" {
		return "main task"
	}
	call, item, isItem := strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	starter := path
	if isItem {
		starter = strings.TrimSuffix(path, "["+item)
	}
	label := "task " + path
	if verb := verbs[starter]; verb != "" {
		label += " of " + verb
	}
	if isItem {
		return fmt.Sprintf("%s, item %s", label, strings.TrimSuffix(item, "]"))
	}
	return label + ", call " + call
}

// comparePaths orders paths by their numbers.
func comparePaths(a, b string) int {
	return slices.CompareFunc(pathNumbers(a), pathNumbers(b), cmp.Compare[int])
}

func pathNumbers(path string) []int {
	var numbers []int
	for _, digits := range strings.FieldsFunc(path, func(r rune) bool { return !unicode.IsDigit(r) }) {
		n, _ := strconv.Atoi(digits)
		numbers = append(numbers, n)
	}
	return numbers
}
