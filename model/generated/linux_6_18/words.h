// How traces spell the enums of linux_6_18.
#pragma once

#include "model/runtime/names.h"

namespace gms::model::linux_6_18 {

const WordTable& errno_words();
const WordTable& signal_words();
const WordTable& guest_exit_words();
const WordTable& fd_word_words();
const WordTable& hva_word_words();
const WordTable& ptr_words();
const WordTable& process_word_words();
const WordTable& on_word_words();
const WordTable& other_ioctl_words();
const WordTable& fd_link_words();
const WordTable& file_advice_words();
const WordTable& page_state_words();

}  // namespace gms::model::linux_6_18
