using System.Reflection;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Of every operation: what one side of the contract writes, the other reads.</summary>
public sealed class ContractRoundTripTests
{
    private static readonly MethodInfo RequestMethod = Method(nameof(RequestThroughTheWire));
    private static readonly MethodInfo ResponseMethod = Method(nameof(ResponseThroughTheWire));

    private static readonly WireProtocol[] Documents = [WireProtocol.Json10, WireProtocol.Json11, WireProtocol.Cbor];

    public static TheoryData<string> Operations => [.. All.Keys];

    private static Dictionary<string, OperationContract> All { get; } =
        ElasticLoadBalancingContract.Service.Operations
            .Concat(StsContract.Service.Operations).Concat(IamContract.Service.Operations).Concat(Ec2Contract.Service.Operations)
            .ToDictionary(operation => operation.Name);

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_the_client_asks_the_server_reads(string operation) => Check(operation, RequestMethod);

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_the_server_answers_the_client_reads(string operation) => Check(operation, ResponseMethod);

    private static void Check(string operation, MethodInfo method)
    {
        var contract = All[operation];
        var throughTheWire = method.MakeGenericMethod(contract.GetType().GetGenericArguments());
        foreach (var fill in Enum.GetValues<SampleFill>())
        {
            throughTheWire.Invoke(null, [contract, fill]);
        }
    }

    private static void RequestThroughTheWire<TRequest, TResponse>(OperationContract<TRequest, TResponse> contract, SampleFill fill)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var sent = (TRequest)Sample.Of(typeof(TRequest), fill);
        var parameters = new List<KeyValuePair<string, string>>();
        ParameterParser.Parse(Encoding.UTF8.GetBytes(contract.WriteRequest(sent, "2012-06-01")), parameters);

        var read = ShapeReader.ReadRequest<TRequest>(ParameterNode.Root(parameters, isEc2: contract.ResultWrapper.Length == 0));

        Assert.Equal(contract.Name, parameters[0].Value);
        Assert.Equal(Sample.Text(sent), Sample.Text(read));
        foreach (var protocol in Documents)
        {
            var document = Document.Read(contract.WriteDocument(sent, protocol), protocol);
            Assert.Equal(Sample.Text(sent), Sample.Text(ShapeReader.ReadRequest<TRequest>(document)));
        }
    }

    private static void ResponseThroughTheWire<TRequest, TResponse>(OperationContract<TRequest, TResponse> contract, SampleFill fill)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var sent = (TResponse)Sample.Of(typeof(TResponse), fill);
        using var buffer = new Utf8Buffer(16);
        var writer = new XmlShapeWriter(buffer);
        writer.BeginStructure("Root"u8);
        if (contract.ResultWrapper.Length == 0)
        {
            sent.Write(writer);
        }
        else
        {
            writer.Structure(Encoding.UTF8.GetBytes(contract.ResultWrapper), sent);
        }

        writer.EndStructure("Root"u8);

        var read = contract.ReadResponse(Encoding.UTF8.GetString(buffer.Span));

        Assert.Equal(Sample.Text(sent), Sample.Text(read));
        foreach (var protocol in Documents)
        {
            using var document = new Utf8Buffer(16);
            Document.Write(document, protocol, sent);
            Assert.Equal(Sample.Text(sent), Sample.Text(contract.ReadDocument(document.Memory, protocol)));
        }
    }

    private static MethodInfo Method(string name) =>
        typeof(ContractRoundTripTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
