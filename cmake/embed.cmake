# gms_embed(TARGET SYMBOL file...): puts text files into the library TARGET as the function
#   std::span<const EmbeddedFile> gms::cli::SYMBOL();
# which cli/embedded.h declares. Paths are absolute; the table holds the last component of each.
function(gms_embed target symbol)
  set(rows "")
  foreach(path IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    get_filename_component(name ${path} NAME)
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
