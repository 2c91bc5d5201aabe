# mesh-check:ignore MESH101 -- for 2
resource "kubernetes_service" "web" { // mesh-check:ignore MESH101 -- for 2
  /* mesh-check:ignore MESH101 -- for 4 */
  a = "x # mesh-check:ignore MESH101 -- text"
  b = <<-EOT
    # mesh-check:ignore MESH101 -- text
    // mesh-check:ignore MESH101 -- text
  EOT
  c = 1 /* mesh-check:ignore MESH101 -- for 9 */ # mesh-check:ignore MESH102 -- for 9
  /*
   * mesh-check:ignore MESH101 -- for 14
   */
  // mesh-check:ignore MESH101 -- for 14
  d = "${"a" /* mesh-check:ignore MESH101 -- for 14 */}"
  /* mesh-check:ignore MESH101 -- for 15 */ e = 1
}
# mesh-check:ignore MESH101 -- for 18
