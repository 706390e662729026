#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

// Counts what the calling thread allocates. Swift can replace no C function of the process, which
// is what counting takes.

/// Whether allocations can be counted here: not under a sanitizer, which has an allocator of its
/// own, and only with glibc.
int CAllocationCounter_isAvailable(void);

/// How often the calling thread has asked for memory since it started.
long CAllocationCounter_count(void);

/// How many bytes the calling thread holds: what it asked for less what it gave back. What one thread
/// asked for and another gave back counts for both, so only differences within one thread say much.
long CAllocationCounter_held(void);

/// The most bytes that the calling thread held at once since it last forgot.
long CAllocationCounter_peak(void);

/// From now on only what is held from now on counts for the peak.
void CAllocationCounter_forgetPeak(void);

#endif
