namespace CloudLb.AwsApi.Responses;

/// <summary>A structure that travels in an answer: a whole result, or a part of one. Implemented by the generated contracts.</summary>
public interface IResponseShape<TSelf>
    where TSelf : IResponseShape<TSelf>
{
    /// <summary>The client's side.</summary>
    static abstract TSelf Read(ResponseReader reader);

    /// <summary>The server's side.</summary>
    void Write(ResponseWriter writer);
}
