# Uses ccache when it is installed and nobody chose another launcher.
if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(GMS_CCACHE ccache)
  if(GMS_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${GMS_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${GMS_CCACHE})
  endif()
endif()
