// How traces spell the enums of pages.
#pragma once

#include "model/runtime/names.h"

namespace gms::model::pages {

const WordTable& errno_words();
const WordTable& fixed_words();

}  // namespace gms::model::pages
