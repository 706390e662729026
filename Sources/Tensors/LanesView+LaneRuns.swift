extension MutableLanesView {
  /// Copies `count` neighbouring lanes of every element: lane `first + i` of `source` becomes lane
  /// `place + i` of this.
  public func copyLanes(_ count: Int, of source: LanesView, first: Int, to place: Int) {
    precondition(
      count >= 0 && first >= 0 && place >= 0 && first + count <= laneCount
        && place + count <= laneCount,
      "\(count) lanes from \(first) to \(place)")
    precondition(source.count == self.count, "\(source.count) elements copied to \(self.count)")
    let from = unsafe UnsafeRawPointer(source.pointer).assumingMemoryBound(to: Float.self) + first
    let to = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self) + place
    for i in 0..<self.count {
      for lane in 0..<count {
        unsafe to[i * laneCount + lane] = unsafe from[i * laneCount + lane]
      }
    }
  }
}
