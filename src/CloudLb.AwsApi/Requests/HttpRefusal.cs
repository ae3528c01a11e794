namespace CloudLb.AwsApi.Requests;

/// <summary>Why a request was refused before anyone looked at who sent it.</summary>
internal enum HttpRefusal
{
    None,

    /// <summary>Neither GET nor POST, or a GET without an Action: a browser, whom AWS sends to the product's page.</summary>
    Redirect,

    /// <summary>A POST of something else than a form.</summary>
    NotAForm,

    /// <summary>Too large, too slow, or wrongly framed or encoded: see the error.</summary>
    Unreadable,
}
