namespace CloudLb.ElbV2.Health;

/// <summary>Requests that a target was given.</summary>
/// <param name="Requests">All of them.</param>
/// <param name="Failed">Those that it answered with 5xx or not at all.</param>
internal readonly record struct RequestCount(long Requests, long Failed)
{
    /// <summary>The part that failed, 0 to 1; 0 where there were none.</summary>
    public double Share => Requests == 0 ? 0 : (double)Failed / Requests;

    public static RequestCount operator +(RequestCount one, RequestCount other) =>
        new(one.Requests + other.Requests, one.Failed + other.Failed);

    public static RequestCount operator -(RequestCount one, RequestCount other) =>
        new(one.Requests - other.Requests, one.Failed - other.Failed);
}
