# Libraries that have no CMake package everywhere, for this build and for those who use what it installs.

# Makes the target word2vec::<name>, unless the library or its header is missing.
function(word2vec_find_library name header)
  find_library(WORD2VEC_${name}_LIBRARY ${name})
  find_path(WORD2VEC_${name}_INCLUDE ${header})
  mark_as_advanced(WORD2VEC_${name}_LIBRARY WORD2VEC_${name}_INCLUDE)
  if(NOT TARGET word2vec::${name} AND WORD2VEC_${name}_LIBRARY AND WORD2VEC_${name}_INCLUDE)
    add_library(word2vec::${name} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(word2vec::${name} PROPERTIES IMPORTED_LOCATION "${WORD2VEC_${name}_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${WORD2VEC_${name}_INCLUDE}")
  endif()
endfunction()
