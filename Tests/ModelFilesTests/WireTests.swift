import Testing

@testable import ModelFiles

@Suite struct WireTests {
  private func read<Message: WireMessage>(
    _: Message.Type, _ bytes: [UInt8]
  ) throws(WireError) -> Message {
    try Message(reading: WireReader(ByteSlice(bytes)))
  }

  @Test func aMessageReadsAsItWasWritten() throws {
    var attribute = ONNX.Attribute("pads", [0, 1, -1, .max, .min])
    attribute.floats = [0.5, -2, .infinity]
    var node = ONNX.Node()
    node.name = "Knoten 1"
    node.operation = "Conv"
    node.inputs = ["x", "", "w"]
    node.outputs = ["y"]
    node.attributes = [attribute, ONNX.Attribute("alpha", Float(0.25))]
    var graph = ONNX.Graph()
    graph.name = "g"
    graph.nodes = [node]
    graph.initializers = [ONNX.Tensor("w", axes: [2, 3], floats: [1, 2, 3, 4, 5, 6])]
    var model = ONNX.Model()
    model.irVersion = 8
    model.graph = graph

    let again = try read(ONNX.Model.self, model.encoded)
    #expect(again.irVersion == 8)
    let copy = try #require(again.graph?.nodes.first)
    #expect(copy.name == node.name && copy.inputs == node.inputs && copy.outputs == node.outputs)
    #expect(copy.attributes[0].integers == [0, 1, -1, .max, .min])
    #expect(copy.attributes[0].floats == [0.5, -2, .infinity])
    #expect(copy.attributes[1].float == 0.25)
    #expect(again.graph?.initializers[0].raw?.count == 24)
    #expect(again.encoded == model.encoded)
  }

  @Test func listsMayBePackedOrNot() throws {
    // dims: field 1, once packed [2, 300], once as two single numbers.
    #expect(try read(ONNX.Tensor.self, [0x0a, 3, 2, 0xac, 2]).axes == [2, 300])
    #expect(try read(ONNX.Tensor.self, [0x08, 2, 0x08, 0xac, 2]).axes == [2, 300])
    // float_data: field 4.
    #expect(try read(ONNX.Tensor.self, [0x22, 4, 0, 0, 0x80, 0x3f]).floats == [1])
    #expect(try read(ONNX.Tensor.self, [0x25, 0, 0, 0x80, 0x3f]).floats == [1])
  }

  @Test func unknownFieldsArePassedOver() throws {
    let bytes: [UInt8] = [
      0xf8, 0x07, 5,  // field 127, varint
      0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8,  // eight bytes
      0xfa, 0x07, 2, 9, 9,  // length-delimited
      0xfd, 0x07, 1, 2, 3, 4,  // four bytes
      0x10, 7,  // version
    ]
    #expect(try read(ONNX.OperatorSet.self, bytes).version == 7)
  }

  @Test(
    arguments: [
      ([0x10], .truncated, 1),
      ([0x10, 0x80], .truncated, 2),
      ([0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], .numberTooLong, 1),
      ([0x0a, 5, 1], .lengthBeyondMessage(length: 5, available: 1), 1),
      ([0x00, 1], .fieldNumberZero, 0),
      ([0x0e, 1], .unknownWireType(6), 0),
      ([0x0b], .wrongWireType(found: .groupStart), 0),
      ([0x15, 0, 0, 0, 0], .wrongWireType(found: .fourBytes), 0),
    ] as [([UInt8], WireError.Reason, Int)])
  func brokenBytesAreNamedWithTheirPlace(
    _ bytes: [UInt8], _ reason: WireError.Reason, _ offset: Int
  ) {
    #expect {
      try read(ONNX.OperatorSet.self, bytes)
    } throws: { error in
      let error = error as? WireError
      return error?.reason == reason && error?.offset == offset
    }
  }

  @Test func theErrorSaysWhichFieldsLeadThere() {
    // model.graph(7).node(1).attribute(5).i(3) with a number that ends early
    let attribute: [UInt8] = [0x18, 0x80]
    let node: [UInt8] = [0x2a, 2] + attribute
    let graph: [UInt8] = [0x0a, 0, 0x0a, UInt8(node.count)] + node
    let model: [UInt8] = [0x3a, UInt8(graph.count)] + graph
    #expect {
      try read(ONNX.Model.self, model)
    } throws: { error in
      (error as? WireError)?.path == ["graph", "node 1", "attribute 0"]
    }
  }

  @Test func messagesNestOnlySoDeep() {
    // The only message of ours that contains itself does so through functions' nodes' tensors; the
    // limit is tested on the reader itself.
    struct Nested: WireMessage {
      var inner: [Nested] = []
      mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
        inner.append(try reader.message(field, Nested.self, "inner"))
      }
      func write(to writer: inout WireWriter) {
        for message in inner { writer.message(1, message) }
      }
    }
    func nest(_ depth: Int) -> [UInt8] {
      var message = Nested()
      for _ in 0..<depth {
        var outer = Nested()
        outer.inner = [message]
        message = outer
      }
      return message.encoded
    }
    #expect(throws: Never.self) { try read(Nested.self, nest(WireReader.depthLimit)) }
    #expect {
      try read(Nested.self, nest(WireReader.depthLimit + 1))
    } throws: { error in
      (error as? WireError)?.reason == .nestedTooDeep(limit: WireReader.depthLimit)
    }
  }
}
