import Attribution
import ModelFiles
import Networks
import Pipeline
import Rendering
import Tensors

extension InspectMessages {
  /// Everything as one line of JSON.
  var json: String {
    let information = model.information
    let preparation = information.preparation
    let sharing = inspection.sharing
    return object([
      ("file", JSONText.string(path)),
      (
        "input",
        object([
          ("name", JSONText.string(model.graph[model.input].name)),
          ("shape", list(model.inputShape.axes)),
        ])
      ),
      (
        "output",
        object([
          ("name", JSONText.string(model.graph[model.output].name)),
          ("classes", model.isClassifier ? "\(model.classCount)" : "null"),
          ("activation", JSONText.string(activation)),
        ])
      ),
      (
        "preparation",
        object([
          ("stated", "\(information.statesPreparation)"),
          ("range", JSONText.string(preparation.range.rawValue)), ("mean", list(preparation.mean)),
          ("std", list(preparation.standardDeviation)),
          ("color_order", JSONText.string(preparation.colorOrder.rawValue)),
          ("invert", JSONText.string(preparation.inversion.rawValue)),
          ("fit", JSONText.string(preparation.fit.rawValue)),
        ])
      ),
      ("labels", list(information.labels.map(JSONText.string))),
      ("parameters", "\(inspection.trainableCount)"),
      ("other_numbers", "\(inspection.otherCount)"),
      ("multiply_adds", "\(inspection.multiplyAdds)"),
      ("layers", list(inspection.layers.map(layer))),
      (
        "weight_sharing",
        object([
          ("shared", "\(sharing.shared)"),
          ("unshared", "\(sharing.unshared)"), ("dense", "\(sharing.dense)"),
        ])
      ),
      ("weights", list(inspection.weights.map(weight))),
      (
        "cost",
        object([
          ("forward_bytes", "\(cost.forwardBytes)"), ("gradient_bytes", "\(cost.gradientBytes)"),
          ("parameter_bytes", "\(cost.parameterBytes)"),
          ("forward_seconds", "\(cost.forwardSeconds)"),
          ("gradient_seconds", "\(cost.gradientSeconds)"),
          ("peak_flops_per_second", "\(cost.peakOperationsPerSecond)"),
          ("bytes_per_second", "\(cost.bytesPerSecond)"), ("threads", "\(cost.threads)"),
        ])
      ),
      ("methods", list(inspection.methods.map(method))),
      ("class_map_layer", inspection.classMapLayer.map { JSONText.string($0.name) } ?? "null"),
    ])
  }

  private var activation: String {
    switch model.outputActivation {
    case .none: "none"
    case .softmax: "softmax"
    case .logSoftmax: "log-softmax"
    case .sigmoid: "sigmoid"
    case .normalizedSigmoid: "normalized-sigmoid"
    }
  }

  private func layer(_ layer: InspectedLayer) -> String {
    var fields: [(key: String, value: String?)] = [
      ("name", JSONText.string(layer.name)), ("kind", JSONText.string(layer.words.kind)),
      ("settings", JSONText.string(layer.words.settings)),
      ("inputs", list(layer.inputs.map { JSONText.string(model.graph[$0].name) })),
      ("output", JSONText.string(model.graph[layer.output].name)), ("shape", list(layer.axes)),
      ("parameters", "\(layer.parameters)"), ("multiply_adds", "\(layer.multiplyAdds)"),
    ]
    switch layer.reach {
    case .window(let sides):
      fields += [("receptive_field", list(sides)), ("sees_all", "false")]
    case .windowAndAll(let sides):
      fields += [("receptive_field", list(sides)), ("sees_all", "true")]
    case .all: fields += [("receptive_field", "null"), ("sees_all", "true")]
    }
    if let sharing = layer.sharing {
      fields += [("unshared", "\(sharing.unshared)"), ("dense", "\(sharing.dense)")]
    }
    return object(fields)
  }

  private func weight(_ weight: WeightStatistics) -> String {
    object([
      ("name", JSONText.string(weight.name)), ("axes", list(weight.axes)),
      ("mean", JSONText.number(weight.mean)),
      ("deviation", JSONText.number(weight.standardDeviation)),
      ("least", JSONText.number(weight.least)), ("greatest", JSONText.number(weight.greatest)),
      ("zeros", "\(weight.zeros)"), ("no_numbers", "\(weight.unusable)"),
    ])
  }

  private func method(_ method: InspectedMethod) -> String {
    object([
      ("name", JSONText.string(method.description.name)),
      ("family", JSONText.string(method.description.family.rawValue)),
      ("applies", "\(method.obstacle == nil)"),
      ("reason", method.obstacle.map { JSONText.string($0.obstacle) } ?? "null"),
    ])
  }

  private func object(_ members: [(key: String, value: String?)]) -> String {
    JSONText.object(members)
  }

  private func list(_ values: [some CustomStringConvertible]) -> String {
    JSONText.list(values.map(\.description))
  }
}
