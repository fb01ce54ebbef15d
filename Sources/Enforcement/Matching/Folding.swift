/// Brings the ways of writing one character together: full width to half width, capitals to small letters, traditional
/// and variant characters to the standard ones. White space inside a line is dropped, a line break is kept.
struct Folding: Sendable {
  /// For each scalar of the Basic Multilingual Plane its folded form; 0 means dropped.
  private let table: [UInt16]

  init(variants: [Unicode.Scalar: Unicode.Scalar]) {
    var table = [UInt16](0...UInt16.max)
    for value in 0...0x20 where value != 0x0A { table[value] = 0 }
    for value in [0x7F, 0xA0, 0x3000, 0x200B, 0x200C, 0x200D, 0xFEFF] { table[value] = 0 }
    for value in 0xFF01...0xFF5E { table[value] = UInt16(value - 0xFEE0) }
    for value in 0x41...0x5A {
      table[value] = UInt16(value + 0x20)
      table[value + 0xFEE0] = UInt16(value + 0x20)
    }
    for (from, to) in variants where from.value <= 0xFFFF && to.value <= 0xFFFF {
      table[Int(from.value)] = UInt16(to.value)
    }
    self.table = table
  }

  /// The folded scalar; nil when it is dropped.
  @inline(__always) func fold(_ scalar: Unicode.Scalar) -> UInt16? {
    guard scalar.value <= 0xFFFF else { return 0xFFFD }
    let folded = table[Int(scalar.value)]
    return folded == 0 ? nil : folded
  }

  func fold(_ text: some StringProtocol) -> [UInt16] { text.unicodeScalars.compactMap { fold($0) } }
}
