// gmemspec compile %s
// an edit at a label that is not there
spec t extends base
in grow { drop no_sise }
