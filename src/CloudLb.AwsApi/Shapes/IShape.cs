namespace CloudLb.AwsApi.Shapes;

/// <summary>A structure that travels in messages of any protocol: a whole request or answer, or a part of one.</summary>
public interface IShape
{
    void Write(ShapeWriter writer);
}
