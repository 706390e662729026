#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

// Counts what the calling thread allocates. Swift can replace no C function of the process, which
// is what counting takes.

/// Whether allocations can be counted here: not under a sanitizer, which has an allocator of its
/// own, and only with glibc.
int CAllocationCounter_isAvailable(void);

/// How often the calling thread has asked for memory since it started.
long CAllocationCounter_count(void);

#endif
