package cloudservers

// DateTime is how entities write a moment.
var DateTime = dateTime
