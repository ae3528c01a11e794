using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Tests.Clients.Protocols.Contracts;

namespace CloudLb.Tests.Clients.Protocols;

/// <summary>Answers what it was asked with, or refuses where the text says so.</summary>
internal sealed class KindsEcho : IOperation<EchoRequest, EchoResponse>
{
    public Task<EchoResponse> ExecuteAsync(EchoRequest request, Caller caller, CancellationToken cancellationToken) => request.Text switch
    {
        "broken" => throw new WireException(new(KindsErrors.Broken.Code, KindsErrors.Broken.HttpStatus, "It is broken.")
        {
            Details = new BrokenFaultDetails { Part = "hinge", Position = 7 },
        }),
        "internal" => throw new InvalidDataException("Our own fault."),
        _ => Task.FromResult(new EchoResponse
        {
            Text = request.Text, Small = request.Small, Long = request.Long, Double = request.Double, Boolean = request.Boolean,
            Time = request.Time,
            Blob = request.Blob, Secret = request.Secret, Texts = request.Texts, Smalls = request.Smalls, Doubles = request.Doubles,
            Times = request.Times,
            FlatTexts = request.FlatTexts, Lists = request.Lists, Trees = request.Trees, Attributes = request.Attributes,
            FlatWeights = request.FlatWeights, TreesByName = request.TreesByName, Token = request.Token,
        }),
    };
}
