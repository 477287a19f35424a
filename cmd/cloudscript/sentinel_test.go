package main

// sentinel stands for a key in tests: no output may hold it.
const sentinel = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c"
