import CommandLineTool
import FoundationEssentials

StandardDescriptors.fill()
ProcessMemory.keepFreedBlocks()
Interruption.listen()
let console = Console(
  output: FileDescriptorSink.standardOutput, messages: FileDescriptorSink.standardError,
  input: StandardInput(),
  environment: ProcessInfo.processInfo.environment,
  interruption: { @Sendable in Interruption.received })
await Tool().run(arguments: Array(CommandLine.arguments.dropFirst()), console: console).exit()
