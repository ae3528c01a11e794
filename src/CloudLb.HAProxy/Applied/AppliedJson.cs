using System.Text.Json.Serialization;

namespace CloudLb.HAProxy.Applied;

/// <summary>How the lines of <see cref="AppliedFile"/> are read and written.</summary>
[JsonSerializable(typeof(AppliedProcess))]
[JsonSerializable(typeof(AppliedLoadBalancer))]
internal sealed partial class AppliedJson : JsonSerializerContext;
