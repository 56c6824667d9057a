/// Seats of rooms. What colour a seat had says nothing once it is gone; a room's number is whatever the environment makes it.
spec seats
index Seat : u8
domain Room
state there  : [Room, Seat] -> bool
state colour : [Room, Seat] -> u8
state number : [Room] -> u32

action build() returns (r : Room) [source] {
  create room : Room
  number[room] = any
  r = room
}
/// A room that was there before anybody looked.
action old_room(s : Seat) returns (r : Room) [inferred] {
  create room : Room
  there[room, s] = true
  r = room
}
action put(r : Room, s : Seat, c : u8) [source] {
  taken: fail EEXIST if there[r, s]
  there[r, s] = true
  colour[r, s] = c
}
action take(r : Room, s : Seat) [source] {
  absent: fail ENOENT if not there[r, s]
  there[r, s] = false
  colour[r, s] = 0
}
action look(r : Room, s : Seat) returns (c : u8) [source] {
  absent: fail ENOENT if not there[r, s]
  c = colour[r, s]
}
action close(r : Room) [source] { used: fail EBUSY if some s of Seat : there[r, s] }
action renumber(r : Room) [source] { number[r] = any }
action show(r : Room) returns (n : u32) [source] { n = number[r] }

event build(room : Room) { build() observes r named room }
event put(room : Room, seat : u8, colour : u8, errno : Errno) { put(r = room, s = Seat(seat), c = colour) observes result = errno }
event take(room : Room else old_room(Seat(seat)), seat : u8, errno : Errno) { take(r = room, s = Seat(seat)) observes result = errno }
event look(room : Room, seat : u8, colour : u8, errno : Errno) {
  look(r = room, s = Seat(seat)) observes result = errno, c = colour if errno == ok
}
event close(room : Room, errno : Errno) { close(r = room) observes result = errno }
event renumber(room : Room) { renumber(r = room) observes result = ok }
event show(room : Room, number : u32) { show(r = room) observes result = ok, n = number }
