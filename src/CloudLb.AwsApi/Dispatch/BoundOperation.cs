using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>An operation's contract together with the class that carries it out.</summary>
internal abstract class BoundOperation
{
    public abstract string Name { get; }

    /// <summary>Whether the operation, of a service that is left to another endpoint, answers this call itself.</summary>
    public abstract bool Keeps(Func<WireValue> parameters, Caller caller);

    /// <summary>Reads the parameters, carries the operation out and writes the answer.</summary>
    /// <returns>The document, which the caller disposes of.</returns>
    /// <exception cref="WireException">The parameters do not fit the model.</exception>
    public abstract Task<Utf8Buffer> ExecuteAsync(
        WireValue parameters, Caller caller, WireProtocol protocol, string requestId, CancellationToken cancellationToken);
}
