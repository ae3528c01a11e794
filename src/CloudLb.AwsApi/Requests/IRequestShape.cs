using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Requests;

/// <summary>A structure that travels in a request: a whole request, or a part of one. Implemented by the generated contracts.</summary>
public interface IRequestShape<TSelf>
    where TSelf : IRequestShape<TSelf>
{
    /// <summary>The server's side. Every broken constraint is collected in the reader; the value counts only if there is none.</summary>
    static abstract TSelf Read(ParameterReader reader);

    /// <summary>The client's side.</summary>
    void Write(FormShapeWriter writer);
}
