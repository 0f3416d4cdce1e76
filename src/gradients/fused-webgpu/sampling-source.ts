// WGSL of the random draws and of the sinusoid: Threefry-2x32 and uniform numbers bit for bit as math/rng.ts, normal
// ones as its erfinv, all in float32. Own sine and logarithm: WGSL's may be wrong from the fourth decimal on.

/**
 * foldKey, uniformIn, unitUniform, normalOf and sinusoid. Uses `training.zero`, a uniform that is 0 but that no
 * compiler knows to be.
 */
export const SAMPLING_SOURCE = `
fn rotate(x : u32, by : u32) -> u32 { return (x << by) | (x >> (32u - by)); }
fn threefry(key : vec2u, counter : u32) -> vec2u {
  var keys = vec3u(key, key.x ^ key.y ^ 0x1bd11bdau);
  var x = vec2u(keys.x, counter + keys.y);
  for (var group = 1u; group <= 5u; group++) {
    let by = select(vec4u(17u, 29u, 16u, 24u), vec4u(13u, 15u, 26u, 6u), (group & 1u) == 1u);
    x.x += x.y; x.y = rotate(x.y, by.x) ^ x.x;
    x.x += x.y; x.y = rotate(x.y, by.y) ^ x.x;
    x.x += x.y; x.y = rotate(x.y, by.z) ^ x.x;
    x.x += x.y; x.y = rotate(x.y, by.w) ^ x.x;
    x.x += keys.y;
    x.y += keys.z + group;
    keys = keys.yzx;
  }
  return x;
}
fn foldKey(key : vec2u, number : u32) -> vec2u { return threefry(key, number); }
fn unitUniform(key : vec2u, index : u32) -> f32 {
  let words = threefry(key, index);
  return bitcast<f32>(((words.x ^ words.y) >> 9u) | 0x3f800000u) - 1.0;
}
// The product is rounded before the sum, as on the CPU: a fused multiply-add would give other bits.
fn uniformIn(unit : f32, low : f32, span : f32) -> f32 {
  let product = bitcast<f32>(bitcast<u32>(unit * span) ^ training.zero);
  return max(low, product + low);
}
// log(x) for normal x > 0: exponent · log 2 + 2 artanh((m − 1)/(m + 1)), m in [√½, √2).
fn logOf(x : f32) -> f32 {
  let word = bitcast<u32>(x);
  var exponent = f32(i32(word >> 23u) - 127);
  var mantissa = bitcast<f32>((word & 0x7fffffu) | 0x3f800000u);
  if (mantissa > 1.41421356) { mantissa *= 0.5; exponent += 1.0; }
  let t = (mantissa - 1.0) / (mantissa + 1.0);
  let s = t * t;
  return exponent * 0.693147181 + 2.0 * t * (1.0 + s * (0.333333333 + s * (0.2 + s * (0.142857143 + s * 0.111111111))));
}
// Giles' single-precision erfinv, as in math/special-functions.ts, times √2.
fn normalOf(u : f32) -> f32 {
  var w = -logOf((1.0 - u) * (1.0 + u));
  var p = 0.0;
  if (w < 5.0) {
    w -= 2.5;
    p = 2.81022636e-8;
    p = 3.43273939e-7 + p * w;
    p = -3.5233877e-6 + p * w;
    p = -4.39150654e-6 + p * w;
    p = 0.00021858087 + p * w;
    p = -0.00125372503 + p * w;
    p = -0.00417768164 + p * w;
    p = 0.246640727 + p * w;
    p = 1.50140941 + p * w;
  } else {
    w = sqrt(w) - 3.0;
    p = -0.000200214257;
    p = 0.000100950558 + p * w;
    p = 0.00134934322 + p * w;
    p = -0.00367342844 + p * w;
    p = 0.00573950773 + p * w;
    p = -0.0076224613 + p * w;
    p = 0.00943887047 + p * w;
    p = 1.00167406 + p * w;
    p = 2.83297682 + p * w;
  }
  return 1.41421356 * p * u;
}
// x − nπ with n the nearest whole number: π in three parts, of which the first two times n are exact (Cody, Waite).
fn reduced(x : f32) -> vec2f {
  let n = round(x * 0.318309886);
  return vec2f(((x - n * 3.140625) - n * 0.00096750259) - n * 1.50995799e-7, n);
}
// sin(x − φ) from the reduced x and φ, so that the difference is one of small numbers; Taylor up to r¹³ on ±π/2.
fn sineOfDifference(x : f32, phase : f32) -> f32 {
  let a = reduced(x);
  let b = reduced(phase);
  let c = reduced(a.x - b.x);
  let r = c.x;
  let s = r * r;
  let sine = r + r * s * (-0.166666667 + s * (0.00833333333 + s * (-0.000198412698 + s * (2.75573192e-6
    + s * (-2.50521084e-8 + s * 1.60590438e-10)))));
  let turns = i32(a.y - b.y + c.y);
  return select(sine, -sine, (turns & 1) == 1);
}`;
