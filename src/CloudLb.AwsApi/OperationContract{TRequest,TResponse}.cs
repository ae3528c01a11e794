using System.Text;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi;

/// <summary>What the service's model says of one operation, with the types of its two messages.</summary>
public sealed class OperationContract<TRequest, TResponse>(string name, string resultWrapper, IReadOnlyList<ErrorContract> errors)
    : OperationContract(name, resultWrapper, errors)
    where TRequest : class, IShape<TRequest>
    where TResponse : class, IShape<TResponse>
{
    /// <summary>Bytes of a request.</summary>
    private const int UsualLength = 1024;

    internal override Type OperationType => typeof(IOperation<TRequest, TResponse>);

    /// <summary>The client's side: the form body (or query string) that asks for this operation.</summary>
    public string WriteRequest(TRequest request, string version)
    {
        var parameters = new StringBuilder();
        var writer = new FormShapeWriter(parameters, isEc2: ResultWrapper.Length == 0);
        writer.String("Action"u8, Name);
        writer.String("Version"u8, version);
        request.Write(writer);
        return parameters.ToString();
    }

    /// <summary>The client's side: the result inside a success answer.</summary>
    /// <exception cref="InvalidDataException">The text is not an answer to this operation.</exception>
    public TResponse ReadResponse(string xml) => ShapeReader.ReadAnswer<TResponse>(() => XmlValue.Open(xml, ResultWrapper), ResultWrapper);

    /// <summary>The client's side: the body that asks for this operation, in JSON or CBOR.</summary>
    public byte[] WriteDocument(TRequest request, WireProtocol protocol)
    {
        using var body = new Utf8Buffer(UsualLength);
        Document.Write(body, protocol, request);
        return body.Span.ToArray();
    }

    /// <summary>The client's side: a success answer in JSON or CBOR.</summary>
    /// <exception cref="InvalidDataException">It is not an answer to this operation.</exception>
    public TResponse ReadDocument(ReadOnlyMemory<byte> answer, WireProtocol protocol) =>
        ShapeReader.ReadAnswer<TResponse>(() => Document.Read(answer, protocol), ResultWrapper);

    public override byte[] ReadRequest(ReadOnlyMemory<byte> json) => WriteJson(RequestOf(json));

    public override string WriteForm(ReadOnlyMemory<byte> json, string version) => WriteRequest(RequestOf(json), version);

    public override byte[] ReadAnswer(string xml) => WriteJson(ReadResponse(xml));

    internal override BoundOperation Bind(ServiceContract service, object operation) =>
        new BoundOperation<TRequest, TResponse>(service, this, (IOperation<TRequest, TResponse>)operation);

    private static byte[] WriteJson(IShape message)
    {
        using var text = new Utf8Buffer(UsualLength);
        Document.Write(text, WireProtocol.Json11, message);
        return text.Span.ToArray();
    }

    private TRequest RequestOf(ReadOnlyMemory<byte> json) =>
        ShapeReader.ReadAnswer<TRequest>(() => Document.Read(json, WireProtocol.Json11), $"request {Name}");
}
