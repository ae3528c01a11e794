using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>The demo service's operation.</summary>
internal sealed class Echo : IOperation<EchoRequest, EchoResponse>
{
    public static readonly OperationContract<EchoRequest, EchoResponse> Contract =
        new("Echo", "EchoResult", [new("NothingToSay", 409, "NothingToSayException")]);

    /// <summary>Set once an operation waits for its client to go away.</summary>
    public static volatile bool HasWaiting;

    public static readonly ServiceContract Service = new()
    {
        Version = "2012-06-01",
        XmlNamespace = "http://demo.example/doc/2012-06-01/",
        SigningName = "elasticloadbalancing",
        Protocols = [WireProtocol.Query, WireProtocol.Json10, WireProtocol.Cbor],
        TargetPrefix = "Demo_20120601",
        IsQueryCompatible = true,
        Errors = Contract.Errors,
        Operations = [Contract],
    };

    public Task<EchoResponse> ExecuteAsync(EchoRequest request, Caller caller, CancellationToken cancellationToken) => request.Text switch
    {
        "fail" => throw new InvalidDataException("secret details"),
        "nothing" => throw new ArgumentException("There is nothing to say."),
        "wait" => WaitAsync(cancellationToken),
        var text => Task.FromResult(new EchoResponse
        {
            Text = string.Concat(Enumerable.Repeat(text, request.Times ?? 1)),
            Account = caller.Account,
            Region = caller.Region,
            Names = request.Names,
        }),
    };

    private static async Task<EchoResponse> WaitAsync(CancellationToken cancellationToken)
    {
        HasWaiting = true;
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new EchoResponse();
    }
}
