spec t
state size : u64
