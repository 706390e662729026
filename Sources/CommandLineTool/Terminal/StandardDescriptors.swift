import Glibc

/// Standard input, standard output and standard error as numbers that nothing else gets.
public enum StandardDescriptors {
  /// Puts something in the place of those that whoever started the program has closed (`<&-`).
  ///
  /// The next file that is opened gets the lowest free number: a pipe or a picture would become
  /// standard output, and lines would be printed into it. What stands there instead is open in the
  /// wrong direction, so that reading and printing fail as with a closed one.
  public static func fill() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
