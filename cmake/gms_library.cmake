# gms_library(NAME SOURCES file... [TESTS file_test.cpp...] [DEPS target...] [TEST_DEPS target...])
#
# Makes one static library for the current folder; without a .cpp in SOURCES it is a header-only library.
# The files of TESTS join the one GoogleTest program of the top-level folder (base_tests, gen_tests,
# ...), because each program costs a link. DEPS are public.
function(gms_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;TESTS;DEPS;TEST_DEPS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
    message(FATAL_ERROR "gms_library(${name}): needs SOURCES; not understood: ${arg_UNPARSED_ARGUMENTS}")
  endif()

  set(compiled ${arg_SOURCES})
  list(FILTER compiled INCLUDE REGEX "\\.cpp$")
  if(compiled)
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC gms_options ${arg_DEPS})
  else()
    add_library(${name} INTERFACE ${arg_SOURCES})
    target_link_libraries(${name} INTERFACE gms_options ${arg_DEPS})
  endif()

  if(arg_TESTS)
    gms_tests(${arg_TESTS} DEPS ${name} ${arg_TEST_DEPS})
  endif()
endfunction()

# gms_tests(file_test.cpp... DEPS target...): adds tests to the program of the top-level folder. For
# tests that belong to no single library; gms_library calls it for the usual ones.
function(gms_tests)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "DEPS")
  file(RELATIVE_PATH here ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "/.*" "" top ${here})
  list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(GLOBAL APPEND PROPERTY gms_tested_folders ${top})
  set_property(GLOBAL APPEND PROPERTY gms_test_files_${top} ${arg_UNPARSED_ARGUMENTS})
  set_property(GLOBAL APPEND PROPERTY gms_test_deps_${top} ${arg_DEPS})
endfunction()

# Called once, after all folders. Tests run in the project's root, so they may open "spec/...".
function(gms_add_test_programs)
  if(NOT GMS_TESTS)
    return()
  endif()
  include(GoogleTest)
  get_property(folders GLOBAL PROPERTY gms_tested_folders)
  list(REMOVE_DUPLICATES folders)
  foreach(top IN LISTS folders)
    get_property(files GLOBAL PROPERTY gms_test_files_${top})
    get_property(deps GLOBAL PROPERTY gms_test_deps_${top})
    list(REMOVE_DUPLICATES deps)
    add_executable(${top}_tests ${files})
    target_link_libraries(${top}_tests PRIVATE ${deps} gms_options GTest::gmock GTest::gtest_main)
    # GoogleTest's macros are slow to optimize and nothing here measures time.
    target_compile_options(${top}_tests PRIVATE $<$<CONFIG:Release>:-O1>)
    gtest_discover_tests(${top}_tests
      TEST_PREFIX "${top}." DISCOVERY_MODE PRE_TEST WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      PROPERTIES LABELS unit TIMEOUT 120)
  endforeach()
endfunction()

# gms_bench(NAME_bench SOURCES file... DEPS target...): one Google Benchmark program, which ./dev bench runs.
function(gms_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  if(NOT name MATCHES "_bench$")
    message(FATAL_ERROR "gms_bench(${name}): the name must end in _bench")
  endif()
  find_package(benchmark REQUIRED)
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPS} gms_options benchmark::benchmark_main)
endfunction()

# gms_fuzz_target(NAME SOURCES file... DEPS target...): a libFuzzer program; only where GMS_FUZZ is on.
function(gms_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "GMS_FUZZ needs clang: configure with the preset fuzz")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE gms_options ${arg_DEPS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endfunction()
