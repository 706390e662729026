import TestSupport
import Testing

/// Scripts of bash that start the program, watch it and stop it.
///
/// They wait for signs of how far it has come: no pause is long enough on every machine. A sign that
/// does not come within 100 seconds ends the script, and whatever it started, with the code 99.
enum Script {
  private static let words = #"""
    trap 'kill -KILL $(jobs -pr) 2>/dev/null' EXIT

    # await SIGN...: until this command succeeds.
    await() {
      local deadline=$((SECONDS + 100))
      until "$@"; do
        ((SECONDS < deadline)) || { echo "There was no sign: $*" >&2; exit 99; }
        sleep 0.01
      done
    }

    # worked PID TIME: it has had so many hundredths of a second of a processor's time.
    worked() {
      local fields
      read -ra fields 2>/dev/null </proc/$1/stat && ((fields[13] + fields[14] >= $2))
    }

    # asleep PID: all its threads wait, and have not done anything else for a moment.
    asleep() {
      local before=$(threads $1)
      [ "$before" ] && ! grep -q '^State:.[^S]' <<<"$before" && sleep 0.05 \
        && [ "$before" = "$(threads $1)" ]
    }
    threads() { grep -hE '^(State|.*ctxt_switches):' /proc/$1/task/*/status; }

    # taken DESCRIPTOR: nothing stands in this pipe any more.
    taken() { ! read -t 0 -u $1; }

    # filled FOLDER COUNT: there are so many files in it; unfinished ones are hidden.
    filled() { local files=("$1"/*); [ -e "${files[0]}" ] && ((${#files[@]} >= $2)); }

    # writing FOLDER: there is an unfinished file in it.
    writing() { local files=("$1"/.*.partial); [ -e "${files[0]}" ]; }

    # delivered PID: no signal is on its way to it.
    delivered() {
      local status
      read -rd '' status 2>/dev/null </proc/$1/status
      [[ $status != *ShdPnd:*([[:space:]0])[1-9a-f]* ]]
    }

    # stop PID SIGNAL...: sends the signals one after another and waits for the end. Prints the exit
    # code and the milliseconds that it took.
    stop() {
      local pid=$1 start=${EPOCHREALTIME//[.,]/} signal code
      for signal in "${@:2}"; do
        kill -$signal $pid
        await delivered $pid
      done
      wait $pid
      code=$?
      echo "$code $(((${EPOCHREALTIME//[.,]/} - start) / 1000))"
    }

    """#

  /// Runs a script, for five minutes at most.
  static func run(_ script: String) async throws -> SubprocessOutcome {
    try await runProgram("/usr/bin/timeout", ["-k", "5", "300", "/bin/bash", "-c", words + script])
  }

  /// How a program ended.
  struct Ending {
    let code: Int
    let milliseconds: Int
    let messages: String
  }

  /// Runs a script that ends with `stop`.
  static func ending(_ script: String) async throws -> Ending {
    let outcome = try await run(script)
    let numbers = outcome.output.split(separator: "\n").last?.split(separator: " ") ?? []
    try #require(outcome.status == 0 && numbers.count == 2, "\(outcome)")
    return Ending(
      code: try #require(Int(numbers[0])), milliseconds: try #require(Int(numbers[1])),
      messages: outcome.messages)
  }

  /// The milliseconds of an attempt that is quick enough, or else of the quickest of six: other work
  /// on the machine may make any of them slow.
  static func quickest(
    below bound: Int, _ attempt: () async throws -> Int
  ) async throws -> Int {
    var quickest = Int.max
    for _ in 0..<6 where quickest >= bound { quickest = min(quickest, try await attempt()) }
    return quickest
  }
}
