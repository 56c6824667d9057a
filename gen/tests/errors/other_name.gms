// Extended by E0206.gms: the file is called otherwise.
spec same_name
state size : u64
