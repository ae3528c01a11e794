using System.Text;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi;

/// <summary>What the service's model says of one operation, with the types of its two messages.</summary>
public sealed class OperationContract<TRequest, TResponse>(string name, string resultWrapper, IReadOnlyList<ErrorContract> errors)
    : OperationContract(name, resultWrapper, errors)
    where TRequest : class, IRequestShape<TRequest>
    where TResponse : class, IResponseShape<TResponse>
{
    internal override Type OperationType => typeof(IOperation<TRequest, TResponse>);

    /// <summary>The client's side: the form body (or query string) that asks for this operation.</summary>
    public string WriteRequest(TRequest request, string version)
    {
        var parameters = new StringBuilder();
        var writer = new FormShapeWriter(parameters);
        writer.String("Action", Name);
        writer.String("Version", version);
        request.Write(writer);
        return parameters.ToString();
    }

    /// <summary>The client's side: the result inside a success answer.</summary>
    /// <exception cref="InvalidDataException">The text is not an answer to this operation.</exception>
    public TResponse ReadResponse(string xml) => TResponse.Read(ResponseReader.Open(xml, ResultWrapper));

    internal override BoundOperation Bind(ServiceContract service, object operation) =>
        new BoundOperation<TRequest, TResponse>(service, this, (IOperation<TRequest, TResponse>)operation);
}
