using System.Text;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Dispatch;

/// <inheritdoc cref="BoundOperation"/>
internal sealed class BoundOperation<TRequest, TResponse>(
    ServiceContract service, OperationContract<TRequest, TResponse> contract, IOperation<TRequest, TResponse> operation) : BoundOperation
    where TRequest : class, IShape<TRequest>
    where TResponse : class, IShape<TResponse>
{
    /// <summary>Bytes. Most answers about one load balancer have less.</summary>
    private const int LeastLength = 2048;

    private readonly byte[] _root = Encoding.UTF8.GetBytes($"{contract.Name}Response");
    private readonly byte[] _rootTag = Encoding.UTF8.GetBytes($"<{contract.Name}Response xmlns=\"{service.XmlNamespace}\">");
    private readonly byte[] _wrapper = Encoding.UTF8.GetBytes(contract.ResultWrapper);

    /// <summary>
    /// Bytes: the last answer's length, so that a long one need not grow step by step. Requests race for it, and it does not matter who
    /// wins.
    /// </summary>
    private int _usualLength = LeastLength;

    public override string Name => contract.Name;

    public override bool Keeps(Func<WireValue> parameters, Caller caller)
    {
        try
        {
            return operation is IKeepsCalls<TRequest> some && some.Keeps(ShapeReader.ReadRequest<TRequest>(parameters()), caller);
        }
        catch (WireException)
        {
            // What is wrong with it the other endpoint tells, which has the whole model.
            return false;
        }
    }

    public override async Task<Utf8Buffer> ExecuteAsync(
        WireValue parameters, Caller caller, WireProtocol protocol, string requestId, CancellationToken cancellationToken)
    {
        var request = ShapeReader.ReadRequest<TRequest>(parameters);
        var response = await operation.ExecuteAsync(request, caller, cancellationToken);
        var answer = new Utf8Buffer(_usualLength + LeastLength);
        if (protocol is WireProtocol.Query or WireProtocol.Ec2)
        {
            WriteXml(answer, response, protocol, requestId);
        }
        else
        {
            Document.Write(answer, protocol, response);
        }

        _usualLength = answer.Length;
        return answer;
    }

    private void WriteXml(Utf8Buffer answer, TResponse response, WireProtocol protocol, string requestId)
    {
        var writer = new XmlShapeWriter(answer);
        answer.Append(_rootTag);
        if (protocol == WireProtocol.Ec2)
        {
            writer.String("requestId"u8, requestId);
            response.Write(writer);
        }
        else
        {
            writer.Structure(_wrapper, response);
            writer.Start("ResponseMetadata"u8);
            writer.String("RequestId"u8, requestId);
            writer.End("ResponseMetadata"u8);
        }

        writer.End(_root);
        answer.Append((byte)'\n');
    }
}
