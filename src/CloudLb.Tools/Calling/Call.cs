using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Output;
using CloudLb.Tools.Parsing;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>A call of one operation of the contract.</summary>
internal sealed class Call<TRequest, TResponse>(OperationContract<TRequest, TResponse> operation) : ICall
    where TRequest : class, IShape<TRequest>
    where TResponse : class, IShape<TResponse>
{
    public required Func<Arguments, TRequest> Request { get; init; }

    /// <summary>What the Java family prints where there is no row.</summary>
    public string? Otherwise { get; init; }

    public Func<TResponse, IEnumerable<Row>> Java { get; init; } = _ => [];

    public Func<TResponse, Arguments, IEnumerable<Row>> Euca { get; init; } = (_, _) => [];

    /// <summary>The request for what an answer has left out; null when it was all.</summary>
    public Func<TRequest, TResponse, TRequest?> Next { get; init; } = (_, _) => null;

    public IPreparedCall Prepare(Arguments arguments) => new Prepared(this, arguments, Request(arguments));

    private string Write(TRequest request) => operation.WriteRequest(request, ElasticLoadBalancingContract.Service.Version);

    private TResponse Read(string text)
    {
        try
        {
            return operation.ReadResponse(text);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException(Fault.Failed, exception.Message, exception);
        }
    }

    private sealed class Prepared(Call<TRequest, TResponse> call, Arguments arguments, TRequest first) : IPreparedCall
    {
        public string Form => call.Write(first);

        public async Task<Answer> SendAsync(ElbClient client, Action<ServiceAnswer> onAnswer, CancellationToken cancellationToken)
        {
            var rows = new List<Row>();
            for (var request = first; request is not null;)
            {
                var answer = await client.SendAsync(call.Write(request), cancellationToken);
                onAnswer(answer);
                var response = call.Read(answer.Text);
                rows.AddRange(arguments.Family == Family.Java ? call.Java(response) : call.Euca(response, arguments));
                request = call.Next(request, response);
            }

            return new() { Rows = rows, Otherwise = call.Otherwise };
        }
    }
}
