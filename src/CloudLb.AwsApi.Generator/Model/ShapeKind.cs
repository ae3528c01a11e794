namespace CloudLb.AwsApi.Generator.Model;

/// <summary>The kinds of shapes that the served models use.</summary>
internal enum ShapeKind
{
    String,
    Int32,
    Int64,
    Boolean,
    Timestamp,
    Structure,
    List,
}
