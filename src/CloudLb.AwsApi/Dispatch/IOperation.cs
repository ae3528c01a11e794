namespace CloudLb.AwsApi.Dispatch;

/// <summary>One action of a service. One instance serves all requests at once.</summary>
public interface IOperation<in TRequest, TResponse>
{
    /// <summary>Carries it out for a request that has passed every constraint of the model.</summary>
    Task<TResponse> ExecuteAsync(TRequest request, Caller caller, CancellationToken cancellationToken);
}
