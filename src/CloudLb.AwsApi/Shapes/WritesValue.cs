namespace CloudLb.AwsApi.Shapes;

/// <summary>Writes a value under a name.</summary>
internal delegate void WritesValue<in T>(ShapeWriter writer, ReadOnlySpan<byte> name, T value);
