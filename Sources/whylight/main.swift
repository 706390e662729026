import CommandLineTool
import FoundationEssentials

StandardDescriptors.fill()
ProcessMemory.keepFreedBlocks()
let console = Console(
  output: FileDescriptorSink.standardOutput, messages: FileDescriptorSink.standardError,
  input: StandardInput(),
  environment: ProcessInfo.processInfo.environment,
  interruption: { @Sendable in Interruption.received })
OpenFiles.demandEnough(console)
Interruption.listen()
await Tool().run(arguments: Array(CommandLine.arguments.dropFirst()), console: console).exit()
