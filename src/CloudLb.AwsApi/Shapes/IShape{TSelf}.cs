namespace CloudLb.AwsApi.Shapes;

/// <summary>A structure that can be read as well. Implemented by the generated contracts.</summary>
public interface IShape<TSelf> : IShape
    where TSelf : IShape<TSelf>
{
    /// <summary>Of a request every broken constraint is collected in the reader; the value counts only if there is none.</summary>
    static abstract TSelf Read(ShapeReader reader);
}
