# Compiler options that hold for all of our own code, as the interface target `gms_options`.
# Generated parsers, which we do not write, link gms_sanitize alone.
add_library(gms_sanitize INTERFACE)
if(GMS_SANITIZE)
  target_compile_options(gms_sanitize INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                                                -fno-sanitize-recover=all)
  target_link_options(gms_sanitize INTERFACE -fsanitize=address,undefined)
endif()
if(GMS_FUZZ)
  target_compile_options(gms_sanitize INTERFACE -fsanitize=fuzzer-no-link,address,undefined
                                                -fno-sanitize-recover=all)
endif()

add_library(gms_options INTERFACE)
target_link_libraries(gms_options INTERFACE gms_sanitize)
target_include_directories(gms_options INTERFACE ${PROJECT_SOURCE_DIR})
# -Wconversion stays: a page count cut to 32 bits is exactly the bug we may not have.
target_compile_options(gms_options INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
  -Wcast-qual -Wimplicit-fallthrough -Wextra-semi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(gms_options INTERFACE -Wduplicated-cond -Wlogical-op -Wredundant-decls)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 reports overlapping copies inside std::string operator+ (GCC bug 105651), and finds
    # uninitialized members in std::optional and std::variant that cannot be read.
    target_compile_options(gms_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
endif()
if(GMS_WERROR)
  target_compile_options(gms_options INTERFACE -Werror)
endif()
target_compile_definitions(gms_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
