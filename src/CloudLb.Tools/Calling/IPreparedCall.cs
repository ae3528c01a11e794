using CloudLb.Tools.Output;

namespace CloudLb.Tools.Calling;

/// <summary>A call whose arguments are known to be right.</summary>
internal interface IPreparedCall
{
    /// <summary>Of the first request, should there be more.</summary>
    string Form { get; }

    /// <summary>Sends it and all that follow from it, as far as an answer names a next one.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="onAnswer">Is given each answer as it comes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<Answer> SendAsync(ElbClient client, Action<ServiceAnswer> onAnswer, CancellationToken cancellationToken);
}
