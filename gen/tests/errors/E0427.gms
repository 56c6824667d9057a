// gmemspec compile %s
// a struct where one value belongs, and an optional struct
spec t

struct User { readable : bool }
state u : User
action go(user : User, other : User?) { fail EFAULT if has(user) }
