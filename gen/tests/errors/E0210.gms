// gmemspec compile %s
// an edit of an action that is not inherited
spec t extends base
in grwo { drop no_size }
