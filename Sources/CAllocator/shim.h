// mallopt stands in a header of glibc that Swift's own Glibc module leaves out.
#include <malloc.h>
