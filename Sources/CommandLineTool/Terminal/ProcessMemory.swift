import CAllocator

/// How the process treats memory that it no longer needs.
public enum ProcessMemory {
  /// Keeps freed memory for the next picture.
  ///
  /// By default glibc gives every large block back to the system at once, and the next picture of
  /// the same size pays for getting it again, page by page: a fifth of the time of converting
  /// photos. The peak stays the same.
  public static func keepFreedBlocks() {
    mallopt(M_MMAP_MAX, 0)
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_TRIM_THRESHOLD, Int32.max)
  }

  /// Gives back what is kept.
  static func returnFreedBlocks() { malloc_trim(0) }
}
