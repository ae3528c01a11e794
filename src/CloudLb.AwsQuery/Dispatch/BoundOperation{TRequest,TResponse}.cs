using System.Text;
using CloudLb.AwsQuery.Requests;
using CloudLb.AwsQuery.Responses;

namespace CloudLb.AwsQuery.Dispatch;

/// <inheritdoc cref="BoundOperation"/>
internal sealed class BoundOperation<TRequest, TResponse>(
    ServiceContract service, OperationContract<TRequest, TResponse> contract, IOperation<TRequest, TResponse> operation) : BoundOperation
    where TRequest : class, IRequestShape<TRequest>
    where TResponse : class, IResponseShape<TResponse>
{
    private readonly byte[] _root = Encoding.UTF8.GetBytes($"{contract.Name}Response");
    private readonly byte[] _rootTag = Encoding.UTF8.GetBytes($"<{contract.Name}Response xmlns=\"{service.XmlNamespace}\">");
    private readonly byte[] _wrapper = Encoding.UTF8.GetBytes(contract.ResultWrapper);

    public override string Name => contract.Name;

    public override async Task ExecuteAsync(ParameterNode parameters, Caller caller, string requestId, Utf8Buffer answer, CancellationToken cancellationToken)
    {
        var request = ParameterReader.ReadRequest<TRequest>(parameters);
        var response = await operation.ExecuteAsync(request, caller, cancellationToken);
        Write(response, requestId, answer);
    }

    private void Write(TResponse response, string requestId, Utf8Buffer answer)
    {
        var writer = new ResponseWriter(answer);
        answer.Append(_rootTag);
        writer.Structure(_wrapper, response);
        writer.Start("ResponseMetadata"u8);
        writer.String("RequestId"u8, requestId);
        writer.End("ResponseMetadata"u8);
        writer.End(_root);
        answer.Append((byte)'\n');
    }
}
