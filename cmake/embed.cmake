# gms_embed(TARGET HEADER_SYMBOL file...): puts text files into the library TARGET as a table
#   namespace gms::cli { std::span<const EmbeddedFile> SYMBOL(); }
# declared in cli/embedded.h. Paths are from the current folder; names in the table are the file names.
function(gms_embed target symbol)
  set(rows "")
  foreach(path IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    get_filename_component(name ${path} NAME)
    # String literals have a length limit in some compilers; our texts are far below it.
    string(APPEND rows "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
"// Made by cmake/embed.cmake.
#include <array>

#include \"cli/embedded.h\"

namespace gms::cli {

std::span<const EmbeddedFile> @symbol@() {
  static constexpr EmbeddedFile kFiles[] = {
@rows@  };
  return kFiles;
}

}  // namespace gms::cli
")
  target_sources(${target} PRIVATE ${output})
endfunction()
